package io.github.snatsim.trace;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;

/**
 * One line of {@code conntrack -E}, taken apart:
 *
 * <pre>
 * [1795319907.138361]  [NEW] ipv4 2 tcp 6 4 SYN_SENT src=10.0.0.4 dst=198.51.100.80 sport=20000 dport=9001 ...
 *  time                event  ------ protocol  state original direction, then the reply's
 *                             only with "extended"
 * </pre>
 */
final class ConntrackLine {
    private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

    private final LineReader line;
    private String time = "";
    private String event = "";
    private String protocol = "";
    private String state = "";
    private String source = "";
    private String target = "";
    private String sourcePort = "";
    private String targetPort = "";

    ConntrackLine(LineReader line) {
        this.line = line;
    }

    /** Takes the present line apart; the values are checked when they are asked for. */
    void parse() {
        time = event = protocol = state = source = target = sourcePort = targetPort = "";
        for (String word : WORDS.split(line.text())) {
            take(word);
        }
        if (!event.equals("[NEW]") && !event.equals("[UPDATE]") && !event.equals("[DESTROY]")) {
            throw line.wrong("event", event, "[NEW], [UPDATE] or [DESTROY]");
        }
        if (protocol.isEmpty()) {
            throw line.wrong("protocol", protocol, "tcp, udp or another protocol's name");
        }
    }

    private void take(String word) {
        if (time.isEmpty()) {
            time = checkedTime(word);
        } else if (event.isEmpty()) {
            event = word;
        } else if (word.indexOf('=') > 0) {
            takePair(word);
        } else if (isName(word) && source.isEmpty()) {
            if (protocol.isEmpty()) {
                protocol = word;
            } else {
                state = word;
            }
        }
    }

    private String checkedTime(String word) {
        if (!word.startsWith("[") || !word.endsWith("]") || Decimals.nanos(word.substring(1, word.length() - 1)) < 0) {
            throw line.at("the line begins with " + TraceException.quoted(word)
                    + " and not with a time such as [1795319907.138361]: record with conntrack -E -o timestamp");
        }
        return word.substring(1, word.length() - 1);
    }

    /** Keeps the first of each pair: those of the original direction. */
    private void takePair(String word) {
        if (word.startsWith("src=") && source.isEmpty()) {
            source = word.substring(4);
        } else if (word.startsWith("dst=") && target.isEmpty()) {
            target = word.substring(4);
        } else if (word.startsWith("sport=") && sourcePort.isEmpty()) {
            sourcePort = word.substring(6);
        } else if (word.startsWith("dport=") && targetPort.isEmpty()) {
            targetPort = word.substring(6);
        }
    }

    private static boolean isName(String word) {
        return Character.isLetter(word.charAt(0)) && !word.equals("ipv4") && !word.equals("ipv6");
    }

    long timeNanos() {
        return Decimals.nanos(time);
    }

    String event() {
        return event;
    }

    String protocol() {
        return protocol;
    }

    /** Returns the TCP state, empty if the line has none. */
    String state() {
        return state;
    }

    boolean isIpv6() {
        return TextFields.isIpv6(source) || TextFields.isIpv6(target);
    }

    /** Returns the packed source of the original direction. */
    long initiator() {
        return TextFields.end(line, "src", source, "sport", sourcePort);
    }

    /** Returns the packed destination of the original direction. */
    long responder() {
        return TextFields.end(line, "dst", target, "dport", targetPort);
    }
}
