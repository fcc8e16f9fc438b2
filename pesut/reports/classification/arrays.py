"""Kinds of arrays that classifiers work with."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Numbers = NDArray[np.intp]
Mask = NDArray[np.bool_]
