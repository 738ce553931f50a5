"""
The schema's history, run by Database.migrate; there is no alembic.ini.

To change the schema: change tables.py, write versions/NNNN_noun.py from
script.py.mako, and let the test that compares both say what is missing. A
revision that has been released is never edited.
"""
