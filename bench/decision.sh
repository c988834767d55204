#!/bin/sh
# Decisions by the number of rules, beside jCasbin and a loop, and the load of a file, with the bytes
# that they allocate (JMH).
# usage: bench/decision.sh [JMH OPTIONS]
set -eu
. "$(dirname -- "$0")/java.sh"
"$JAVA_HOME/bin/java" -cp "$here/target/lib/*" org.openjdk.jmh.Main 'DecisionBench|RequestBench|LoadBench' -prof gc "$@"
