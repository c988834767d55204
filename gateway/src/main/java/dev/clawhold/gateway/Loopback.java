package dev.clawhold.gateway;

import dev.clawhold.policy.host.IpAddress;

/// Which addresses never leave the sandbox's own namespace.
final class Loopback {
    private static final IpAddress OWN = IpAddress.of((byte) 198, (byte) 18, (byte) 0, (byte) 1);

    private Loopback() {}

    /// 127.0.0.0/8, 0.0.0.0/32, `::1`, `::` (both mean this host to `connect(2)`), and the
    /// sandbox's own address.
    static boolean covers(IpAddress address) {
        var bytes = address.bytes();
        if (address.isV4()) {
            return bytes[0] == 127 || address.equals(OWN) || isZero(bytes, 4);
        }
        return isZero(bytes, 15) && (bytes[15] == 0 || bytes[15] == 1);
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
