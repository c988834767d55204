package dev.clawhold.policyfile;

/// A clause with the place that its problems are told at.
record Placed<C>(C clause, Place place) {}
