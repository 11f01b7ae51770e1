package dev.agenttower.http.transport;

/** Why the server cannot read or serve a request. */
public enum HttpFault {
    /** It comes from another user. */
    NOT_ADMITTED(403, "This socket belongs to another user"),
    /** It is not HTTP/1.0 or HTTP/1.1. */
    MALFORMED(400, "Malformed HTTP request"),
    /** The body is longer than permitted. */
    BODY_TOO_LARGE(413, "The body is too large"),
    /** A line of the head is too long, or there are too many lines. */
    HEAD_TOO_LARGE(431, "The head of the request is too large"),
    /** Another version of HTTP. */
    UNSUPPORTED_VERSION(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here"),
    /** All workers are busy, and the queue is full. */
    BUSY(503, "The daemon is busy; try again in a moment"),
    /** There is not enough memory at the moment. */
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

    /** The fault in one sentence for a person. */
    public String sentence() {
        return sentence;
    }
}
