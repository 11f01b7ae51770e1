package dev.agenttower.socket.server.gate;

import org.jspecify.annotations.Nullable;

/** The line holds no byte of a certain value. The answer has the form of the contract, whoever the line is for. */
final class WithoutByte implements Gate {
    private final byte forbidden;
    private final String reason;

    WithoutByte(char forbidden, String reason) {
        this.forbidden = (byte) forbidden;
        this.reason = reason;
    }

    @Override
    public @Nullable Refusal check(Exchange exchange) {
        for (byte each : exchange.frame().bytes()) {
            if (each == forbidden) {
                return Refusal.malformed(reason);
            }
        }
        return null;
    }
}
