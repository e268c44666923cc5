"""What gunicorn reads from the folder that it is started in."""

from gunicorn.http.wsgi import Response

control_socket_disable = True

_all_headers = Response.default_headers


def _unnamed_headers(response: Response) -> list[str]:
    """Return the headers without `Server`: what serves is nobody's business."""
    return [line for line in _all_headers(response) if not line.startswith("Server:")]


Response.default_headers = _unnamed_headers
