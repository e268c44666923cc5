"""Where things are: municipalities, localities and postcodes of Sweden, and the distance between them."""
