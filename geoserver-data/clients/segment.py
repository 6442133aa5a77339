"""Maps landslides in a layer with OWSLib (Debian: python3-owslib), and tells the areas that it found.

    GEOSERVER=http://localhost:8080/geoserver GEOSERVER_USER=admin GEOSERVER_PASSWORD=... python3 segment.py NAME

NAME is that of the new layers. The model takes an optical layer and a DEM; leave demLayer out for one that takes none.
"""

import json
import os
import sys

from owslib.wfs import WebFeatureService
from owslib.wps import ASYNC, WebProcessingService, monitorExecution

address = os.environ.get("GEOSERVER", "http://localhost:8080/geoserver")
user = os.environ.get("GEOSERVER_USER", "admin")
password = os.environ.get("GEOSERVER_PASSWORD", "geoserver")
name = sys.argv[1] if len(sys.argv) > 1 else "owslib-example"

wps = WebProcessingService(address + "/ows", username=user, password=password, skip_caps=True)
execution = wps.execute(
    "landslide:SegmentLayer",
    [
        ("layer", "landslide:optical"),
        ("demLayer", "landslide:dem"),
        ("model", "fusion-synthetic"),
        ("products", "mask,polygons"),
        ("minArea", "100"),
        ("workspace", "landslide"),
        ("name", name),
        ("replace", "true"),
    ],
    output=[("layers", False)],
    mode=ASYNC,
)
monitorExecution(execution, sleepSecs=2)
if not execution.isSucceded():
    sys.exit("failed: " + "; ".join(error.text for error in execution.errors))
print("layers:", execution.processOutputs[0].data[0])

wfs = WebFeatureService(address + "/wfs", version="2.0.0", username=user, password=password)
answer = wfs.getfeature(typename=[f"landslide:{name}_polygons"], outputFormat="application/json")
polygons = json.loads(answer.read())["features"]
print("polygons:", len(polygons), "with", round(sum(p["properties"]["area_m2"] for p in polygons)), "m2")
