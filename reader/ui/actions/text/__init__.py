"""Actions of the text pane: moving, selecting, marking, correcting, viewing."""
