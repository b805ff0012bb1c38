from __future__ import annotations
import httpx
from .conftest import until

def test_slice(http: httpx.Client, rasa) -> None:
    r = http.post("/conversations", json={"cite": "demo", "language": "fr"})
    assert r.status_code == 201, r.text
    c = r.json(); h = {"Authorization": f"Bearer {c['token']}"}
    base = f"/conversations/{c['conversation']}"
    with http.stream("GET", base + "/stream", headers=h) as s:
        lines = s.iter_lines()
        print(next(lines)); 
        seen = []
        for line in lines:
            print(line); seen.append(line)
            if "Bonjour" in line: break
        p = http.post(base + "/messages", headers=h, json={"id": "a1", "text": "/je suis à Marseille"})
        assert p.status_code == 202
        for line in lines:
            print(line)
            if "marseille" in line: break
    assert rasa.messages == ["/greet", "je suis à Marseille"]
