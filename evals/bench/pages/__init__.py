"""The pages as people have them: how fast the server gives them, how live the live one is, and how a browser feels them."""
