"""What stands between the network and the pages: who is slow holds no thread, and who asks most is refused first.

Knows nothing of the product. gunicorn loads it before it forks, so it stands outside `matchmaker`: a reload brings in
new pages.
"""
