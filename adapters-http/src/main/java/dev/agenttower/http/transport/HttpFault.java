package dev.agenttower.http.transport;

/** What keeps the server from reading a request to its end. */
public enum HttpFault {
    /** It comes from another user. */
    NOT_ADMITTED(403, "This socket belongs to another user"),
    /** It is not HTTP/1.0 or HTTP/1.1. */
    MALFORMED(400, "Malformed HTTP request"),
    /** The body is longer than is granted. */
    BODY_TOO_LARGE(413, "The body is too large"),
    /** A line of the head is too long, or there are too many. */
    HEAD_TOO_LARGE(431, "The head of the request is too large"),
    /** Another version of HTTP. */
    UNSUPPORTED_VERSION(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here"),
    /** All workers have something to do, and as many connections wait as may. */
    BUSY(503, "The daemon is busy; try again in a moment"),
    /** There is no memory for it now. */
    NO_MEMORY(503, "The daemon has no memory for this now; try again in a moment");

    private final int status;
    private final String sentence;

    HttpFault(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** What is wrong, for a person. */
    public String sentence() {
        return sentence;
    }
}
