package dev.agenttower.bench.tmux;

import java.util.List;
import java.util.Locale;

/**
 * The shell loop that watches the tmux servers of a container while its input stays open. For each input line it checks once, and prints a
 * line only after a change.
 *
 * <p>A check starts no process: the shell itself expands the socket names and reads the children of every tmux server from {@code /proc},
 * which change whenever a pane opens or closes. A close check also reads the CPU time of each server: a server that has not run since the
 * last query can have moved and renamed nothing, and shown nothing new. The loop queries tmux for its panes only when one of these differs,
 * and once a minute, and reports only different ones; so the jobs of a status line, which are children too, are not reported. If the children
 * cannot be read, every check queries tmux; if the CPU time cannot be read, every close check does. A socket without a server, such as one
 * that a restart of the container left behind, is tried by every check.
 */
final class PaneWatchScript {
    /** The fields of a pane whose changes are reported: all that a scan reads, without terminal and focus. */
    static final String SHOWN = "#{session_name} #{window_index} #{pane_index} #{pane_id} #{pane_pid}"
            + " #{pane_current_command} #{pane_pipe} #{pane_current_path} #{pane_title}";

    private static final String WATCHING = "watching";
    private static final String CHANGED = "changed";
    private static final String TEXT = """
            : agenttower watches the panes
            folder=/tmp/tmux-$(id -u)
            shown=$1
            end='
            '
            sockets() {
              found=
              for socket in "$folder"/*; do
                if [ -S "$socket" ] && [ ! -h "$socket" ]; then found=$found$socket$end; fi
              done
            }
            children() {
              born= ran=
              for server in $servers; do
                list=gone
                read -r list <"/proc/$server/task/$server/children" || [ "$list" != gone ] || blind=1
                born="$born $server: $list"
                time=
                read -r time <"/proc/$server/schedstat"
                case $time in [1-9]*) ran="$ran $time" ;; *) hidden=1 ;; esac
              done
            } 2>/dev/null
            ask() {
              servers= blind= hidden= dead= seen=
              for socket in "$folder"/*; do
                if [ -S "$socket" ] && [ ! -h "$socket" ]; then
                  if answer=$(tmux -S "$socket" display-message -p '#{pid}' \\; list-panes -a -F \\
                      "$shown" 2>/dev/null </dev/null); then
                    servers="$servers ${answer%%"$end"*}"
                    seen=$seen$socket$end$answer$end
                  else
                    dead=$dead$socket$end
                  fi
                fi
              done
            }
            revived() {
              [ "$dead" ] || return 1
              IFS=$end; set -f
              for socket in $dead; do
                if tmux -S "$socket" display-message -p '' >/dev/null 2>&1 </dev/null; then unset IFS; set +f; return 0; fi
              done
              unset IFS; set +f; return 1
            }
            idle() {
              [ ! "$blind" ] && [ "$found" = "$known" ] && [ "$born" = "$last" ] && ! revived || return 1
              case $look in
                quick) return 0 ;;
                close) [ ! "$hidden" ] && [ "$ran" = "$before" ] ;;
                *) return 1 ;;
              esac
            }
            sockets; ask; known=$found layout=$seen; children; last=$born before=$ran
            echo watching
            while read -r look; do
              sockets
              children
              if idle; then continue; fi
              ask; known=$found; children; last=$born before=$ran
              if [ "$seen" != "$layout" ]; then layout=$seen; echo changed; fi
            done
            """;

    private PaneWatchScript() {}

    /** The shell and its argument. */
    static List<String> command() {
        return List.of("sh", "-c", TEXT, "sh", SHOWN);
    }

    /** The input line that requests a check. */
    static String request(Look look) {
        return look.name().toLowerCase(Locale.ROOT);
    }

    /** Whether a line means that panes may have changed; so does the first line of the loop, because earlier changes are unknown. */
    static boolean isNews(String line) {
        return line.equals(WATCHING) || line.equals(CHANGED);
    }
}
