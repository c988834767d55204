package dev.clawhold.audit;

import dev.clawhold.policy.Decision;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.program.Program;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can stand in the audit log. No variant carries a secret, a body or a query value.
public sealed interface Event {

    /// A decision about a connection. Kind `egress`.
    record Egress(Decision decision) implements Event {}

    /// A denied connection whose first bytes named another host than it was opened for, or none
    /// that can be read. Kind `egress`.
    ///
    /// @param presented the name in those bytes (SNI, `Host`), as they gave it
    record Misnamed(Decision decision, String presented) implements Event {}

    /// A decision about one HTTP request. Kind `http`.
    ///
    /// @param path without its query: a query that is there is cut off
    record Http(Decision decision, String method, String path) implements Event {
        public Http {
            int query = path.indexOf('?');
            path = query < 0 ? path : path.substring(0, query);
        }
    }

    /// A call that the sandbox refused. Kind `process`.
    ///
    /// @param call the system call's name, such as `connect`
    /// @param object what it was about, such as the path of a socket
    record Refusal(Program program, String call, String object, ReasonCode reason)
            implements Event {}

    /// A policy came into force, or a candidate was rejected. Kind `policy`.
    ///
    /// @param problems empty when it came into force
    record PolicyChange(String file, long revision, List<String> problems) implements Event {
        public PolicyChange {
            problems = List.copyOf(problems);
        }
    }

    /// A sandbox or its supervisor changed state. Kind `lifecycle`.
    ///
    /// @param what `started`, `ended`, and so on
    /// @param details names and values for the record, in the order given by the map
    record Lifecycle(String what, Map<String, String> details, Optional<String> cause)
            implements Event {
        public Lifecycle {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        }
    }
}
