package dev.agenttower.http.transport;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The framing information in the head of a request. An ambiguous head is refused, which prevents request smuggling.
 *
 * @param bodyBytes the length of the body; {@link #CHUNKED} for a chunked body
 */
record RequestHead(long bodyBytes) {
    /** The length of a chunked body. */
    static final long CHUNKED = -1;

    private static final Pattern REQUEST_LINE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/([0-9])\\.([0-9])");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int MOST_DIGITS = 18;

    /**
     * Reads a head whose lines end in CRLF.
     *
     * @throws FaultException if it is malformed, or contradicts itself
     */
    static RequestHead of(byte[] head) throws FaultException {
        String[] lines = new String(head, StandardCharsets.ISO_8859_1).strip().split("\r\n", -1);
        var requestLine = REQUEST_LINE.matcher(lines[0]);
        check(requestLine.matches());
        if (!requestLine.group(1).equals("1")) {
            throw new FaultException(HttpFault.UNSUPPORTED_VERSION);
        }
        boolean isOld = requestLine.group(2).equals("0");
        String host = null;
        String contentLength = null;
        String transferEncoding = null;
        for (int i = 1; i < lines.length; i++) {
            var header = HEADER.matcher(lines[i]);
            check(header.matches());
            String value = header.group(2).strip();
            switch (header.group(1).toLowerCase(Locale.ROOT)) {
                case "host" -> {
                    check(host == null && value.chars().noneMatch(c -> c <= ' ' || c == ','));
                    host = value;
                }
                case "content-length" -> {
                    check(contentLength == null && DIGITS.matcher(value).matches());
                    contentLength = value;
                }
                case "transfer-encoding" -> {
                    check(transferEncoding == null && !isOld && value.equalsIgnoreCase("chunked"));
                    transferEncoding = value;
                }
                default -> {
                    // irrelevant for the framing
                }
            }
        }
        check(isOld || host != null);
        check(contentLength == null || transferEncoding == null);
        if (transferEncoding != null) {
            return new RequestHead(CHUNKED);
        }
        return new RequestHead(contentLength == null ? 0 : number(contentLength));
    }

    private static long number(String digits) throws FaultException {
        if (digits.length() > MOST_DIGITS) {
            throw new FaultException(HttpFault.BODY_TOO_LARGE);
        }
        return Long.parseLong(digits);
    }

    private static void check(boolean isRight) throws FaultException {
        if (!isRight) {
            throw new FaultException(HttpFault.MALFORMED);
        }
    }
}
