#!/bin/sh
# One decision, by the number of endpoints, with the bytes that it allocates (JMH).
# usage: bench/decision.sh [JMH OPTIONS]
set -eu
. "$(dirname -- "$0")/java.sh"
"$JAVA_HOME/bin/java" -cp "$here/target/lib/*" org.openjdk.jmh.Main DecisionBench -prof gc "$@"
