package dev.clawhold.policyfile.edit;

import java.util.ArrayList;
import java.util.List;

/// What stands around one key or one item: comments, and blank lines as empty text.
final class Remarks {
    static final Remarks NONE = new Remarks();

    final List<String> before = new ArrayList<>();
    final List<String> beside = new ArrayList<>();
    final List<String> after = new ArrayList<>();

    boolean hasComments() {
        return !beside.isEmpty()
                || before.stream().anyMatch(line -> !line.isEmpty())
                || after.stream().anyMatch(line -> !line.isEmpty());
    }
}
