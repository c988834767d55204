package dev.clawhold.audit;

import java.io.IOException;
import java.util.Optional;

/// Follows a chain from its beginning to its first fault.
final class ChainCheck {
    private final RecordLine.Reader reader = new RecordLine.Reader();
    private final Head noted;
    private Head last = Head.NONE;

    ChainCheck(Head noted) {
        this.noted = noted;
    }

    AuditVerification check(Lines lines) throws IOException {
        while (lines.next()) {
            var fault = fault(lines);
            if (fault.isPresent()) {
                return new AuditVerification.Broken(last.seq() + 1, fault.get());
            }
        }
        if (last.seq() < noted.seq()) {
            return new AuditVerification.Broken(
                    last.seq() + 1,
                    "it is missing: the log's last record was number " + noted.seq());
        }
        return new AuditVerification.Intact(last.seq(), last.hash());
    }

    private Optional<String> fault(Lines lines) {
        if (!lines.isWhole()) {
            return Optional.of("its line is cut off or too long");
        }
        return switch (reader.read(lines.bytes(), lines.length())) {
            case RecordLine.Damaged(var cause) -> Optional.of(cause);
            case RecordLine.Sound(var head, var prev) -> follow(head, prev);
        };
    }

    private Optional<String> follow(Head head, String prev) {
        if (head.seq() != last.seq() + 1) {
            return Optional.of("record " + head.seq() + " stands in its place");
        }
        if (!prev.equals(last.hash())) {
            return Optional.of("it does not follow the record before it");
        }
        if (head.seq() == noted.seq() && !head.equals(noted)) {
            return Optional.of("it is another record than the one that was written");
        }
        last = head;
        return Optional.empty();
    }
}
