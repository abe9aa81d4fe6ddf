# SPDX-License-Identifier: Apache-2.0
"""Reads certificates with the client cert-manager 4.0.0, one after the other, as its users do.

Usage: rate.py ADDRESS ROOT COUNT
Lists issued certificates, gets and collects COUNT of them, and prints how long it took, in JSON.
"""

import itertools
import json
import sys
import time

from cert_manager import Client, PendingError, SSL

address, root, count = sys.argv[1], sys.argv[2], int(sys.argv[3])

client = Client(base_url=f"{address}/api", login_uri="acme", username="master", password="master-password")
client.session.verify = root
ssl = SSL(client=client)

begun = time.monotonic()
collected = 0
for entry in itertools.islice(ssl.list(status="Issued"), count):
    ssl.get(entry["sslId"])
    try:
        ssl.collect(cert_id=entry["sslId"], cert_format="x509")
        collected += 1
    except PendingError as error:
        # A few are known to SCM without their certificate; the client calls every refusal so.
        if error.__cause__.response.json()["code"] != -169:
            raise
print(json.dumps({"certificates": count, "collected": collected, "seconds": time.monotonic() - begun}))
