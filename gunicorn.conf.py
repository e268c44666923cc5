"""What gunicorn reads from the folder that it is started in."""

import gc

from gunicorn.http.wsgi import Response
from gunicorn.workers.base import Worker

control_socket_disable = True
# Where gunicorn is told to log: the path alone, for what is searched for is the reader's own.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(b)s'

_all_headers = Response.default_headers


def _unnamed_headers(response: Response) -> list[str]:
    """Return the headers without `Server`: what serves is nobody's business."""
    return [line for line in _all_headers(response) if not line.startswith("Server:")]


Response.default_headers = _unnamed_headers


def post_worker_init(_worker: Worker) -> None:
    """Leave what the worker has loaded out of each later search for garbage: it is never any."""
    gc.collect()
    gc.freeze()
