package dev.clawhold.app;

import dev.clawhold.audit.AuditException;
import dev.clawhold.audit.AuditReader;
import dev.clawhold.audit.AuditRecord;
import dev.clawhold.audit.AuditVerification;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the demo looks at after its agent has ended: from outside, where nothing can be feigned.
final class DemoChecks {
    /// How many there are.
    static final int COUNT = 4;

    private static final int API_REQUESTS = 1;
    private static final int FILES_REQUESTS = 2; // one answered, one cut

    private final DemoFiles files;
    private final DemoUpstream api;
    private final DemoUpstream slow;
    private final DemoCanaries canaries;

    DemoChecks(DemoFiles files, DemoUpstream api, DemoUpstream slow, DemoCanaries canaries) {
        this.files = files;
        this.api = api;
        this.slow = slow;
        this.canaries = canaries;
    }

    /// Prints what was found.
    ///
    /// @return how many were as promised
    int run(List<DemoAttempt> attempts, DemoTable table) {
        table.afterwards();
        return upstreams(table) + canaries(table) + files(table) + audit(attempts, table);
    }

    private int upstreams(DemoTable table) {
        boolean good = api.requests() == API_REQUESTS && slow.requests() == FILES_REQUESTS;
        int all = api.requests() + slow.requests();
        return check(
                table,
                good,
                "upstreams",
                "got " + all + (good ? " requests: just the allowed ones" : " requests"));
    }

    private int canaries(DemoTable table) {
        boolean good = canaries.heard() == 0;
        var where = "listeners on " + canaries.places() + " heard ";
        return check(
                table, good, "canaries", where + (good ? "nothing" : canaries.heard() + " things"));
    }

    private int files(DemoTable table) {
        boolean good = files.areUntouched() && files.ownTheAgentsFile();
        var text = "secret and settings untouched; what the agent wrote is yours";
        return check(table, good, "files", good ? text : "not so: " + text);
    }

    private int audit(List<DemoAttempt> attempts, DemoTable table) {
        try {
            return switch (AuditVerification.verify(files.audit())) {
                case AuditVerification.Intact(var records, var _) -> {
                    boolean good = recorded().containsAll(decisions(attempts));
                    yield check(
                            table,
                            good,
                            "audit log",
                            records
                                    + " records, chain intact, "
                                    + (good ? "every" : "not every")
                                    + " decision above is in it");
                }
                case AuditVerification.Broken(var record, var cause) ->
                        check(table, false, "audit log", "record " + record + ": " + cause);
            };
        } catch (AuditException e) {
            return check(table, false, "audit log", String.valueOf(e.getMessage()));
        }
    }

    private static List<String> decisions(List<DemoAttempt> attempts) {
        return attempts.stream()
                .map(DemoAttempt::audited)
                .filter(audited -> !audited.isEmpty())
                .toList();
    }

    private Set<String> recorded() {
        var recorded = new HashSet<String>();
        AuditReader.read(files.audit(), record -> recorded.add(decision(record)));
        return recorded;
    }

    private static String decision(AuditRecord record) {
        return String.join(
                " ",
                record.field("verdict").orElse(""),
                record.field("host").orElse(""),
                record.field("reason").orElse(""));
    }

    private static int check(DemoTable table, boolean good, String name, String text) {
        table.check(good, name, text);
        return good ? 1 : 0;
    }
}
