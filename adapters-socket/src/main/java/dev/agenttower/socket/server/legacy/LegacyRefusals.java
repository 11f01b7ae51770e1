package dev.agenttower.socket.server.legacy;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.server.wire.Failure;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps refusals to the codes of the older methods, which are the codes of the core. */
public final class LegacyRefusals implements Function<RefusedException, Failure> {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyRefusals.class);

    /** A mapper. */
    public LegacyRefusals() {}

    @Override
    public Failure apply(RefusedException refusal) {
        if (!refusal.code().isLegacy()) {
            LOG.error("an older method was refused with {}: {}", refusal.code(), refusal.getMessage());
            return Failure.internal();
        }
        String message = Text.singleLine(refusal.getMessage(), Text.MESSAGE_LIMIT);
        return Failure.of(refusal.code(), message.isBlank() ? refusal.code().wire() : message);
    }
}
