"""Who people work for: municipalities, regions, institutions, their teams, faculties, programmes and desks."""
