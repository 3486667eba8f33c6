"""Actions of the reading screen: panes, searching, history, the collection, and leaving it."""
