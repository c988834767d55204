package dev.clawhold.policyfile;

/// Where something begins, both from 1.
record Place(int line, int column) {
    static final Place START = new Place(1, 1);
}
