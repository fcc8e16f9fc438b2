"""How findings are shown: charts, maps, and what a reader must know about them."""
