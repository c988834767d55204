package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.audit.AuditException;
import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.audit.MemoryAuditLog;
import dev.clawhold.policy.Decision;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Verdict;
import org.junit.jupiter.api.Test;

class RecordingDenialTest {
    private static final EgressRequest REQUEST = Requests.to("api.example.com", 443);
    private static final Decision DENIED =
            new Decision(REQUEST, new Verdict.Deny(Reason.of(ReasonCode.HOST_NOT_LISTED)), 4);

    private final MemoryAuditLog audit = AuditLog.inMemory();
    private final RecordingDenial source =
            new RecordingDenial(
                    Denial.of(REQUEST, ReasonCode.HOST_NOT_LISTED, "list it"), DENIED, audit);

    @Test
    void aRequestIsOnRecordBeforeItsAnswerIsKnown() {
        var denial = source.denial("GET", "/a?secret=b");

        assertThat(audit.events()).containsExactly(new Event.Http(DENIED, "GET", "/a"));
        assertThat(denial.body()).contains("\"method\":\"GET\"", "\"path\":\"/a\"");
        assertThat(denial.body()).doesNotContain("secret");
    }

    @Test
    void withoutARecordThereIsNoAnswer() {
        audit.breakDown("no space left on device");

        assertThatThrownBy(() -> source.denial("GET", "/a")).isInstanceOf(AuditException.class);
    }

    @Test
    void whatCouldNotBeReadIsAnsweredWithoutAnotherRecord() {
        assertThat(source.denial().body()).doesNotContain("method");
        assertThat(audit.events()).isEmpty();
    }
}
