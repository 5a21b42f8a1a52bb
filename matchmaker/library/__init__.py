"""Work that is done, kept by consent so that the next one who asks finds it."""
