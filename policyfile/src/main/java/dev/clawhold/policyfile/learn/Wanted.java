package dev.clawhold.policyfile.learn;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import java.util.Optional;

/// What a rule has to allow.
///
/// @param call empty for a connection
/// @param beside whether the base inspects the connection already, so that other endpoints judge
///   requests on it too
record Wanted(Executable program, Host host, int port, Optional<Call> call, boolean beside) {}
