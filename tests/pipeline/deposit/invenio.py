"""A small InvenioRDM on the loopback: drafts, files and versions, as its REST reference describes them."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "a-token-of-the-test"  # noqa: S105 - of nothing but this
Answer = tuple[int, Any]


@dataclass
class Fault:
    """What goes wrong once, with the first request of this method whose path ends so: a status, or the connection."""

    method: str
    ending: str
    status: int = 0  # 0 breaks the connection off
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Invenio:
    """What the repository holds: records by id, each a draft until it is published."""

    url: str = ""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    largest: int = 10**9
    spoils: bool = False  # what arrives is not what is kept

    def fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and path.endswith(fault.ending):
                self.faults.remove(fault)
                return fault
        return None

    def answer(self, method: str, path: str, body: bytes, token: str) -> Answer:
        self.asked.append((method, path))
        if token != f"Bearer {TOKEN}":
            return 401, {"status": 401, "message": "The server could not verify that you are authorized."}
        if (method, path) == ("POST", "/api/records"):
            return 201, self._shown(self._new(json.loads(body)))
        found = re.fullmatch(r"/api/records/([^/]+)/(versions|draft)(/.+)?", path)
        record = self.records.get(found[1]) if found else None
        if found is None or record is None or (found[2] == "draft" and record["is_published"]):
            return 404, {"status": 404, "message": "The persistent identifier does not exist."}
        if found[2] == "versions":
            return self._version(record)
        return self._files(method, record, found[3], body) if found[3] else self._draft(method, record, body)

    def _new(self, body: dict[str, Any]) -> dict[str, Any]:
        record = {"id": f"rec{len(self.records):02}-ord", "is_published": False, "entries": {}, **body}
        self.records[record["id"]] = record
        return record

    def _shown(self, record: dict[str, Any]) -> dict[str, Any]:
        place = "records" if record["is_published"] else "uploads"
        shown = {
            "id": record["id"],
            "metadata": record["metadata"],
            "is_published": record["is_published"],
            "links": {"self_html": f"{self.url}/{place}/{record['id']}"},
            "pids": {"doi": {"identifier": f"10.5072/{record['id']}"}} if record["is_published"] else {},
        }
        errors = self._errors(record["metadata"])
        return shown | ({"errors": errors} if errors else {})

    def _errors(self, metadata: dict[str, Any]) -> list[dict[str, Any]]:
        missing = [
            name for name in ("title", "creators", "publication_date", "resource_type") if not metadata.get(name)
        ]
        found = [{"field": f"metadata.{name}", "messages": ["Missing data for required field."]} for name in missing]
        if any(right.get("id") == "unheard-of" for right in metadata.get("rights", ())):
            found.append({"field": "metadata.rights.0", "messages": ["Invalid license id."]})
        return found

    def _version(self, record: dict[str, Any]) -> Answer:
        if not record["is_published"]:
            return 404, {"status": 404, "message": "The record does not exist."}
        if "next" not in record:
            copied = {k: v for k, v in record["metadata"].items() if k not in ("version", "publication_date")}
            record["next"] = self._new({"metadata": copied, "version_of": record["id"]})["id"]
        return 201, self._shown(self.records[record["next"]])

    def _draft(self, method: str, record: dict[str, Any], body: bytes) -> Answer:
        if method == "DELETE":
            del self.records[record["id"]]
            return 204, None
        if method == "PUT":
            record |= json.loads(body)
        return 200, self._shown(record)

    def _files(self, method: str, record: dict[str, Any], rest: str, body: bytes) -> Answer:
        entries = record["entries"]
        if (method, rest) == ("POST", "/actions/publish"):
            return self._publish(record)
        if rest == "/files":
            if method == "POST":
                for told in json.loads(body):
                    if told["key"] in entries:
                        return 400, {"status": 400, "message": f"File with key {told['key']} already exists."}
                    entries[told["key"]] = {"key": told["key"], "status": "pending"}
            return 200 if method == "GET" else 201, {"enabled": True, "entries": list(map(_entry, entries.values()))}
        _, _, key, *action = rest.split("/")
        if key not in entries:
            return 404, {"status": 404, "message": f'File with key "{key}" does not exist.'}
        if method == "DELETE":
            del entries[key]
            return 204, None
        return self._file(method, entries[key], action, body)

    def _file(self, method: str, entry: dict[str, Any], action: list[str], body: bytes) -> Answer:
        if (method, action) == ("PUT", ["content"]):
            if len(body) > self.largest:
                return 413, {"status": 413, "message": "Size limit reached"}
            entry["content"] = body[:-1] if self.spoils else body
        elif (method, action) == ("POST", ["commit"]):
            if "content" not in entry:
                return 400, {"status": 400, "message": "The file has no content."}
            checksum = hashlib.md5(entry["content"], usedforsecurity=False).hexdigest()
            entry |= {"status": "completed", "checksum": f"md5:{checksum}", "size": len(entry["content"])}
        return 200, _entry(entry)

    def _publish(self, record: dict[str, Any]) -> Answer:
        whole = record["entries"] and all(entry["status"] == "completed" for entry in record["entries"].values())
        if self._errors(record["metadata"]) or not whole:
            return 400, {"status": 400, "message": "A validation error occurred.", "errors": []}
        record["is_published"] = True
        return 202, self._shown(record)


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "content"}


@contextmanager
def running(state: Invenio) -> Iterator[Invenio]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            fault = state.fault(self.command, self.path)
            if fault and not fault.status:
                state.asked.append((self.command, self.path))
                self.connection.close()
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            token = self.headers.get("Authorization", "")
            status, said = (fault.status, None) if fault else state.answer(self.command, self.path, body, token)
            content = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            for name, value in (fault.headers if fault else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - names of the base class

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # a connection that the test breaks off

    with Quiet(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        state.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield state
        server.shutdown()
        thread.join()
