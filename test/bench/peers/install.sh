#!/bin/sh
# Installs the peers of the benchmark from the Python registry into a virtual environment:
#
#     sh test/bench/peers/install.sh FOLDER
#
# The folder takes some 6 GB. Then: npm run bench:peers -- --python FOLDER/bin/python
set -eu
here=$(dirname "$0")
python3 -m venv "$1"
"$1/bin/pip" install --quiet --requirement "$here/requirements.txt"
"$1/bin/pip" list --format=freeze | grep -i -E '^(numpy|scipy|scikit-learn|pandas|torch|torchmetrics|netcal|probmetrics)=='
