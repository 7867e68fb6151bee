"""Reads metrics with the parsers of Prometheus' own Python client, from the standard input.

Argument: prometheus or openmetrics, the text format. Prints a line for each sample: type of its family, name of its
family, name, labels as sorted pairs, value. Ends with code 1 and a sentence when the text is not in the format.
"""
import sys

from prometheus_client import parser as prometheus
from prometheus_client.openmetrics import parser as openmetrics

PARSERS = {"prometheus": prometheus.text_string_to_metric_families,
           "openmetrics": openmetrics.text_string_to_metric_families}

text = sys.stdin.buffer.read().decode("utf-8")
try:
    for family in PARSERS[sys.argv[1]](text):
        for sample in family.samples:
            labels = ",".join('%s="%s"' % pair for pair in sorted(sample.labels.items()))
            print("\t".join([family.type, family.name, "%s{%s}" % (sample.name, labels), repr(float(sample.value))]))
except ValueError as error:
    sys.exit("not %s: %s" % (sys.argv[1], error))
