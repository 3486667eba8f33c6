"""Rules over what the network finds: trimming, kinds, capitals, headlines, values, the document pass."""
