package dev.agenttower.socket.server.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agenttower.core.failure.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** The line is UTF-8. */
final class Utf8 implements Gate {
    @Override
    public @Nullable Refusal check(Exchange exchange) {
        try {
            exchange.setText(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(exchange.frame().bytes()))
                    .toString());
            return null;
        } catch (CharacterCodingException e) {
            return exchange.looksLikeApp()
                    ? Refusal.malformed("invalid utf-8")
                    : Refusal.legacy(ErrorCode.BAD_JSON, "request is not UTF-8");
        }
    }
}
