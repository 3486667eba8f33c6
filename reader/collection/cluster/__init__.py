"""Work over many documents on the machines of a Dask cluster."""
