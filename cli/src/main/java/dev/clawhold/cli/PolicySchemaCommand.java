package dev.clawhold.cli;

import dev.clawhold.policyfile.PolicySchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `clawhold policy schema`.
@Command(
        name = "schema",
        description = {
            "Prints the JSON Schema (2020-12) of policy files, by which editors complete keys and"
                    + " explain them. `policy check` tells more than a schema can."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:it was printed",
            "2:the command line is not valid",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold policy schema > clawhold.schema.json",
            "  # first line of a policy, for editors with the YAML language server:",
            "  # yaml-language-server: $schema=./clawhold.schema.json"
        })
final class PolicySchemaCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(PolicySchema.text());
        spec.commandLine().getOut().flush();
        return ExitStatus.OK;
    }
}
