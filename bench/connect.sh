#!/bin/sh
# What the gateway adds to a connect(2): allowed, allowed with a request and its answer, and refused.
# usage: bench/connect.sh [TURNS]; a turn is 200 of each, outside and inside
set -eu
. "$(dirname -- "$0")/egress.sh"
egress connect "${1:-20}"
