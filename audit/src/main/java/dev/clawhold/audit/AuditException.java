package dev.clawhold.audit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Objects;

/// The audit log cannot be written or read. The message names the file and the cause, ready to be
/// shown.
public final class AuditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AuditException(String message, Throwable cause) {
        super(message, cause);
    }

    /// A failure that no other one caused.
    public AuditException(String message) {
        super(message);
    }

    static AuditException of(String message, IOException cause) {
        return new AuditException(message + ": " + words(cause), cause);
    }

    /// Why a file operation failed: lower-case, without the file's name, which the caller knows.
    static String words(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException f -> lowerCase(Objects.requireNonNullElse(f.getReason(), ""));
            default -> lowerCase(Objects.requireNonNullElse(failure.getMessage(), ""));
        };
    }

    private static String lowerCase(String text) {
        return text.isEmpty()
                ? "input or output error"
                : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
