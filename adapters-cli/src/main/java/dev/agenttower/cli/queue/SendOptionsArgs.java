package dev.agenttower.cli.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.queue.message.SendOptions.When;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of commands that send a prompt. */
final class SendOptionsArgs {
    @Option(
            names = "--when",
            paramLabel = "WHEN",
            converter = WhenConverter.class,
            description =
                    "idle: when the agent has finished its turn; now: also into its turn, but never into a dialog; default: [queue] when_working")
    private @Nullable String when;

    @Option(
            names = "--digest",
            description = "when the agent is idle, as one prompt with others that wait and were sent with --digest")
    private boolean isDigest;

    /** Accepts the times at which prompts are typed. */
    static final class WhenConverter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            return When.parse(value)
                    .orElseThrow(() -> new TypeConversionException("is \"" + value + "\"; use idle or now"))
                    .wire();
        }
    }

    /** Adds the parameters that are given; without any, the call is as it always was. */
    ObjectNode addTo(ObjectNode params) {
        if (when != null) {
            params.put("when", when);
        }
        if (isDigest) {
            params.put("digest", true);
        }
        return params;
    }
}
