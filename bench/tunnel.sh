#!/bin/sh
# What the gateway adds to a request on an open connection, and how fast a download goes through it.
# usage: bench/tunnel.sh [TURNS]; a turn is 200 requests, outside and inside; two turns, a download
set -eu
. "$(dirname -- "$0")/egress.sh"
egress tunnel "${1:-20}"
