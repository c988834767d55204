package dev.clawhold.gateway;

import dev.clawhold.policy.host.IpAddress;

/// An address and port outside that may be dialled.
record Upstream(IpAddress address, int port) {}
