package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports are the same bytes in every locale and time zone. */
class SameEverywhereTest {
    private final Locale locale = Locale.getDefault();
    private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);
    private final Locale format = Locale.getDefault(Locale.Category.FORMAT);
    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void goHome() {
        Locale.setDefault(locale);
        Locale.setDefault(Locale.Category.DISPLAY, display);
        Locale.setDefault(Locale.Category.FORMAT, format);
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tr-TR",
                "ar",
                "ar-EG-u-nu-arab",
                "de-DE",
                "de-CH",
                "hi-IN-u-nu-deva",
                "th-TH-u-ca-buddhist-nu-thai",
                "ja-JP-u-ca-japanese"
            })
    void localeAndTimeZoneChangeNothing(String language) {
        travel("en-US", "UTC");
        String atHome = everything();
        travel(language, "Asia/Kathmandu");
        assertThat(everything()).isEqualTo(atHome);
    }

    /** Guards the test itself: these locales do print numbers their own way. */
    @Test
    void theLocalesDiffer() {
        assertThat(String.format(Locale.forLanguageTag("ar-EG-u-nu-arab"), "%,d", 1_234))
                .isNotEqualTo("1,234");
        assertThat(String.format(Locale.GERMANY, "%,d", 1_234)).isEqualTo("1.234");
        assertThat("I".toLowerCase(Locale.forLanguageTag("tr-TR"))).isNotEqualTo("i");
    }

    private static void travel(String language, String zone) {
        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
    }

    private static String everything() {
        StringBuilder text = new StringBuilder();
        for (ReplayReport report : new ReplayReport[] {Reports.empty(), Reports.exhausted(), Reports.crowded(1_500)}) {
            text.append(report.text()).append(ReplayJson.line(report)).append('\n');
        }
        return text.toString();
    }
}
