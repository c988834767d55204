package dev.clawhold.cli;

import dev.clawhold.audit.AuditException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what went wrong: `clawhold: <what failed>: <why>`, and in a second line what to do.
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int FARTHEST = 2;
    private static final String NOT_UNDERSTOOD = "cannot understand the command line: ";

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine();
        report(command, message(failure), hint(command));
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult arguments) {
        switch (failure) {
            case CommandException e -> report(command, words(e), e.hint().orElse(""));
            case AuditException e -> report(command, words(e), "");
            default -> {
                return unexpected(failure, command);
            }
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /// A broken assumption: the trace helps whoever mends it.
    private static int unexpected(Exception failure, CommandLine command) {
        report(
                command,
                "`" + command.getCommandSpec().qualifiedName() + "` failed: " + words(failure),
                "this is a fault of clawhold; please report it with the lines below");
        failure.printStackTrace(command.getErr());
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String words(Exception failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "an unexpected state");
    }

    /// Prints a failure.
    ///
    /// @param hint what to do; empty if nothing is known
    static void report(CommandLine command, String message, String hint) {
        command.getErr().println("clawhold: " + TerminalText.escape(message));
        if (!hint.isEmpty()) {
            command.getErr().println("hint: " + TerminalText.escape(hint));
        }
        command.getErr().flush();
    }

    private static String hint(CommandLine command) {
        return "`" + command.getCommandSpec().qualifiedName() + " --help` shows how it is used";
    }

    private static String message(ParameterException failure) {
        return switch (failure) {
            case UnmatchedArgumentException e -> unmatched(e);
            case MissingParameterException e -> NOT_UNDERSTOOD + missing(e.getMissing());
            case OverwrittenOptionException e ->
                    NOT_UNDERSTOOD + name(e.getOverwritten()) + " stands twice";
            case ParameterException e when isGroup(e) -> NOT_UNDERSTOOD + "a command is missing";
            default -> NOT_UNDERSTOOD + inOurWords(words(failure));
        };
    }

    private static boolean isGroup(ParameterException failure) {
        return !failure.getCommandLine().getSubcommands().isEmpty();
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        var argument = failure.getUnmatched().getFirst();
        var kind = failure.isUnknownOption() ? "option" : isGroup(failure) ? "command" : "argument";
        return "unknown "
                + kind
                + " `"
                + argument
                + "`: "
                + failure.getSuggestions().stream()
                        .filter(known -> distance(argument, known) <= FARTHEST)
                        .findFirst()
                        .map(known -> "did you mean `" + known + "`?")
                        .orElse("there is no such " + kind);
    }

    /// How many characters have to be put in, taken out or exchanged (Levenshtein 1966), with one
    /// row of the table at a time.
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static String missing(List<ArgSpec> arguments) {
        if (arguments.size() == 1 && arguments.getFirst() instanceof OptionSpec option) {
            return name(option) + (option.required() ? " is missing" : " has no value");
        }
        var names = arguments.stream().map(Failures::name).toList();
        return String.join(" and ", names) + (names.size() == 1 ? " is missing" : " are missing");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? "`" + option.longestName() + " " + option.paramLabel() + "`"
                : "`" + argument.paramLabel() + "`";
    }

    private static String inOurWords(String message) {
        return message.substring(0, 1).toLowerCase(Locale.ROOT)
                + message.substring(1).replace('\'', '`').replaceAll("\\.$", "");
    }
}
