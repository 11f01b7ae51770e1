package dev.agenttower.http.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** The library's reading of one request, from what was received of it, and writing of its answer. Not thread-safe. */
final class HttpMessages extends DefaultBHttpServerConnection {
    private static final Http1Config CONFIG = Http1Config.custom()
            .setMaxEmptyLineCount(HeadScan.MOST_EMPTY_LINES + 1)
            .setBufferSize(4 << 10)
            .build();

    HttpMessages(Socket socket, InputStream request) throws IOException {
        super("http", CONFIG);
        bind(new SocketHolder(socket) {
            @Override
            protected InputStream getInputStream(Socket own) {
                return request;
            }
        });
    }

    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream in) {
        return length == ContentLengthStrategy.CHUNKED
                ? new ChunkedBody(buffer, in)
                : super.createContentInputStream(length, buffer, in);
    }
}
