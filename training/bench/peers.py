"""The same job with NumPy and SciPy, for `npm run bench:train`: reads a ratings file, prints one JSON line of seconds."""

import json
import resource
import struct
import sys
import time

import numpy as np
import scipy.sparse as sparse
from scipy.linalg import lapack

path, dropout, ridge = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
raw = np.fromfile(path, np.uint8)
length = struct.unpack("<I", raw[8:12])[0]
header = json.loads(raw[12 : 12 + length].tobytes())
offset = -(-(12 + length) // 8) * 8


def take(count, kind):
    global offset
    values = raw[offset : offset + count * np.dtype(kind).itemsize].view(kind)
    offset += -(-values.nbytes // 8) * 8
    return values


take(header["items"], np.int32)
user_start = take(header["users"] + 1, np.uint32)
items = take(header["ratings"], np.uint32)
half_stars = take(header["ratings"], np.uint8)
values = np.where(half_stars >= 8, 1, np.where(half_stars >= 6, 0.5, 0)).astype(np.float32)
x = sparse.csr_matrix((values, items.astype(np.int32), user_start.astype(np.int32)), (header["users"], header["items"]))
x.eliminate_zeros()
seconds = {}


def timed(name, work):
    begun = time.time()
    result = work()
    seconds[name] = time.time() - begun
    return result


gram = timed("gram", lambda: x.T.dot(x).toarray())
diagonal = ridge + dropout / (1 - dropout) * np.diag(gram)
square = gram.astype(np.float64)
square[np.diag_indices_from(square)] += diagonal
del gram
timed("inv", lambda: np.linalg.inv(square))


def cholesky(factorize, invert, matrix):
    factor, failed = factorize(matrix.T, lower=1, overwrite_a=1)
    inverse, failed = invert(factor, lower=1, overwrite_c=1)
    return inverse


single = square.astype(np.float32)
timed("cholesky", lambda: cholesky(lapack.dpotrf, lapack.dpotri, square))
del square
timed("choleskyF32", lambda: cholesky(lapack.spotrf, lapack.spotri, single))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": seconds, "peakBytes": peak, "numpy": np.__version__}))
