package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.governance.RecordTimestamps;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Creates the ids of change requests: a time and a number one higher than the highest in the queue. */
public final class ChangeIds {
    private static final Pattern ID = Pattern.compile("scr_(\\d{8}_\\d{6})_(\\d{1,15})");

    private ChangeIds() {}

    /** An id that sorts after all ids in the queue, even if the clock was set back. */
    public static String next(List<ChangeRequest> queue, Instant now) {
        String stamp = RecordTimestamps.id(now);
        long highest = 0;
        for (ChangeRequest request : queue) {
            Matcher id = ID.matcher(request.id());
            if (id.matches()) {
                highest = Math.max(highest, Long.parseLong(id.group(2)));
                stamp = id.group(1).compareTo(stamp) > 0 ? id.group(1) : stamp;
            }
        }
        return String.format("scr_%s_%03d", stamp, highest + 1);
    }
}
