package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hashing;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.metrics.CountsOverTime;
import io.github.snatsim.plan.NlbAdvice;
import io.github.snatsim.sim.ClientResult;
import io.github.snatsim.sim.ProbeResult;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.ScaleEvent;
import io.github.snatsim.sim.SimulationResult;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What every page is made of, as a strict XML parser sees it. */
class HtmlPageTest {
    private static final int STRINGS = 3_000;

    @ParameterizedTest
    @EnumSource(Pages.class)
    void isWellFormedAndInOrder(Pages page) throws Exception {
        Document document = parse(page.html());

        assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isNotBlank();
        List<String> headings = elements(document).stream()
                .map(Element::getTagName)
                .filter(name -> name.matches("h\\d"))
                .toList();
        assertThat(headings.get(0)).isEqualTo("h1");
        assertThat(headings.subList(1, headings.size()))
                .isNotEmpty()
                .startsWith("h2")
                .doesNotContain("h1");
        List<String> ids = elements(document).stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        for (Element element : elements(document)) {
            assertThat(ids)
                    .as(element.getTagName())
                    .containsAll(Splitter.on(' ').omitEmptyStrings().split(element.getAttribute("aria-labelledby")));
        }
    }

    @ParameterizedTest
    @EnumSource(Pages.class)
    void everyChartHasATitleADescriptionAndATable(Pages page) throws Exception {
        NodeList figures = parse(page.html()).getElementsByTagName("figure");
        for (int i = 0; i < figures.getLength(); i++) {
            Element figure = (Element) figures.item(i);
            assertThat(figure.getElementsByTagName("figcaption").item(0).getTextContent())
                    .isNotBlank();
            assertThat(figure.getElementsByTagName("title").getLength()).isEqualTo(2);
            assertThat(figure.getElementsByTagName("desc").item(0).getTextContent())
                    .isNotBlank();
            Element details = (Element) figure.getElementsByTagName("details").item(0);
            assertThat(details.getElementsByTagName("tr").getLength()).isBetween(2, 101);
        }
    }

    /** No script, no style in an attribute, nothing to load, and a policy that names the hash of the only style sheet. */
    @ParameterizedTest
    @EnumSource(Pages.class)
    void isSelfContained(Pages page) throws Exception {
        Document document = parse(page.html());
        String style = document.getElementsByTagName("style").item(0).getTextContent();
        String hash = Base64.getEncoder()
                .encodeToString(Hashing.sha256()
                        .hashString(style, StandardCharsets.UTF_8)
                        .asBytes());
        Element policy = (Element) document.getElementsByTagName("meta").item(1);

        assertThat(policy.getAttribute("content")).startsWith("default-src 'none'; style-src 'sha256-" + hash + "';");
        assertThat(style).doesNotContain("@import", "http");
        assertThat(elements(document)).allSatisfy(element -> {
            assertThat(element.getTagName()).isNotIn("script", "img", "link", "iframe", "object", "image", "use", "a");
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName())
                        .doesNotStartWith("on")
                        .isNotIn("style", "src", "href", "srcset", "action");
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Pages.class,
            names = {"PLAIN", "SCALE_OUT", "REPLAY", "HOSTILE"})
    void theSameBytesInEveryLocaleAndTimeZone(Pages page) {
        String here = page.html();
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            assertThat(page.html()).isEqualTo(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void theAnswerComesFirstAndTheInputLast() throws Exception {
        Document document = parse(Pages.PLAIN.html());
        List<String> texts = new ArrayList<>();
        for (String tag : List.of("h1", "h2")) {
            NodeList found = document.getElementsByTagName(tag);
            IntStream.range(0, found.getLength())
                    .forEach(i -> texts.add(found.item(i).getTextContent()));
        }
        assertThat(texts)
                .containsExactly(
                        "81 of 211 attempts refused (38.4 %)", // as the example's own file expects
                        "Ports in use over time",
                        "Refusals",
                        "Exhaustion episodes",
                        "Clients",
                        "Busiest destinations",
                        "Instances",
                        "How to reproduce this page");
        assertThat(document.getElementsByTagName("code").item(1).getTextContent())
                .contains("duration: 15min");
    }

    /** The sum over the rows of the table is the number in the headline, however the chart was thinned. */
    @Test
    void theTableOfRefusalsAddsUp() throws Exception {
        Document document = parse(Pages.PLAIN.html());
        Element details = (Element) document.getElementsByTagName("details").item(1);
        NodeList cells = details.getElementsByTagName("td");
        long sum = IntStream.range(0, cells.getLength())
                .mapToLong(i -> Long.parseLong(cells.item(i).getTextContent()))
                .sum();
        assertThat(sum).isEqualTo(81);
    }

    /** Whatever stands in any field, the elements of the page stay the same. */
    @Test
    void noNameBecomesMarkup() throws Exception {
        Random random = new Random(20);
        List<String> plain = tags(withNames("name"));
        for (int i = 0; i < STRINGS; i++) {
            String name = random(random);
            for (String html : List.of(withNames(name), replay(name), advice(name))) {
                assertThat(html.codePoints().filter(c -> c < 0x20 && c != '\n' && c != '\t'))
                        .as(name)
                        .isEmpty();
                assertThat(html).doesNotContainPattern("[\\u202A-\\u202E\\u2066-\\u2069\\u0080-\\u009F]");
            }
            if (i % 10 == 0) {
                assertThat(tags(withNames(name))).as(name).isEqualTo(plain);
                parse(replay(name));
                parse(advice(name));
            }
        }
    }

    @Test
    void aHarmlessNameReadsAsItIsWritten() throws Exception {
        String name = "a<b> & \"c\" 'd' -- ]]> Zürich 😀";
        Document document = parse(withNames(name));
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .contains(name);
        assertThat(document.getElementsByTagName("code").item(1).getTextContent())
                .isEqualTo(name);
    }

    private static final List<String> PIECES = List.of(
            "<",
            ">",
            "&",
            "\"",
            "'",
            "<script>",
            "</style>",
            "]]>",
            "<!--",
            "-->",
            "&#0;",
            "&amp;",
            "\u0000",
            "\u001B[2J",
            "\r\n",
            "\t",
            "\u202E",
            "\u2066",
            "\uD800",
            "\uDC00",
            "\uD83D\uDE00",
            "\uFFFF",
            "é",
            "host.example",
            "{}",
            "%s",
            "$1");

    private static String random(Random random) {
        StringBuilder text = new StringBuilder("n");
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(
                    random.nextBoolean()
                            ? PIECES.get(random.nextInt(PIECES.size()))
                            : String.valueOf((char) random.nextInt(0x10000)));
        }
        return text.toString();
    }

    /** A simulation with one name wherever a name from outside can be. */
    private static String withNames(String name) {
        ClientResult client = new ClientResult(name, 1, 1, 0, 0, 1, 0, 0, 1, 0, new ClientResult.Waits(1, 2, 3, 4));
        ScaleEvent event =
                new ScaleEvent(1, name, Optional.of(Reports.VM), 1, 2, 8, 4, ImmutableList.of(), ImmutableList.of(1L));
        ProbeResult probe = new ProbeResult(1, name, IpProtocol.TCP, Reports.VM, Outcome.OPENED, Optional.empty());
        SimulationResult run = new SimulationResult(
                7,
                1_000_000_000,
                1_000_000_000,
                1,
                Reports.exhausted().result().metrics(),
                ImmutableList.of(client),
                ImmutableList.of(event),
                ImmutableList.of(probe),
                false,
                Optional.empty(),
                Optional.empty(),
                1,
                1);
        return new SimulationReport(name, 4, 1, new Replications(ImmutableList.of(run)))
                .html(new PageOrigin(name, name, Optional.of(name)));
    }

    private static String replay(String name) {
        ReplayReport report = Reports.exhausted();
        return new ReplayReport(name, name, report.result(), ImmutableSortedMap.of(name, 1L), 1)
                .html(new PageOrigin(name, name, Optional.of(name)));
    }

    private static String advice(String name) {
        NlbAdvice advice = new NlbAdvice(
                ImmutableList.of(name),
                ImmutableList.of(
                        new NlbAdvice.Option(NlbAdvice.Kind.AS_IS, Duration.ofSeconds(350), true, 1, 2, 3, 4, 5, 6)),
                Optional.of(new NlbAdvice.Rejections(2, Optional.empty(), Optional.empty())),
                ImmutableList.of(),
                name);
        return NlbAdviceText.html(advice, name, new PageOrigin(name, name, Optional.of(name)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 59, 60, 61, 512, 10_000})
    void aChartHasAnyNumberOfPoints(int points) throws Exception {
        ImmutableList<ImmutableList<Long>> slices = IntStream.range(0, points)
                .mapToObj(i -> ImmutableList.of((long) i, 1L))
                .collect(ImmutableList.toImmutableList());
        Course course = new Course(
                new CountsOverTime(0, 1_000, slices),
                ImmutableList.of(new Course.Layer("a", 0), new Course.Layer("b", 1)),
                Course.Merge.SUM);
        Markup page = new Markup().open("div");
        new TimeChart("t", "d", "u", new TimeAxis(0, Math.max(1, points) * 1_000L, false), course).write(page);
        Document document = parse(page.close().toString());

        NodeList rows = document.getElementsByTagName("tr");
        assertThat(rows.getLength() - 1).isBetween(Math.min(points, 30), Math.min(points, 60));
        NodeList cells = document.getElementsByTagName("td");
        long total = IntStream.range(0, cells.getLength())
                .filter(i -> i % 3 == 2)
                .mapToLong(i -> Long.parseLong(cells.item(i).getTextContent().replace(",", "")))
                .sum();
        assertThat(total).isEqualTo(points * (points - 1L) / 2 + points);
    }

    @Test
    void hugeNumbersStayInside() throws Exception {
        Course course = new Course(
                new CountsOverTime(0, 1, ImmutableList.of(ImmutableList.of(Long.MAX_VALUE), ImmutableList.of(0L))),
                ImmutableList.of(new Course.Layer("a", 0)),
                Course.Merge.HIGHEST);
        Markup page = new Markup().open("div");
        new TimeChart("t", "d", "u", new TimeAxis(0, 2, false), course).write(page);
        String text = page.close().toString();
        parse(text);
        assertThat(text).contains("8,000,000,000,000,000,000").doesNotContain("NaN", "Infinity");
    }

    @Test
    void thinningKeepsTheHighestWithItsSplitOrTheSum() {
        CountsOverTime counts = new CountsOverTime(
                5, 10, ImmutableList.of(ImmutableList.of(1L, 2L), ImmutableList.of(4L, 0L), ImmutableList.of(0L, 3L)));
        ImmutableList<Course.Layer> kinds = ImmutableList.of(new Course.Layer("a", 0), new Course.Layer("b", 1));

        assertThat(new Course(counts, kinds, Course.Merge.HIGHEST).thinned(2).counts())
                .isEqualTo(new CountsOverTime(
                        5, 20, ImmutableList.of(ImmutableList.of(4L, 0L), ImmutableList.of(0L, 3L))));
        assertThat(new Course(counts, kinds, Course.Merge.SUM).thinned(2).counts())
                .isEqualTo(new CountsOverTime(
                        5, 20, ImmutableList.of(ImmutableList.of(5L, 2L), ImmutableList.of(0L, 3L))));
    }

    private static List<String> tags(String html) throws Exception {
        return elements(parse(html)).stream().map(Element::getTagName).toList();
    }

    private static List<Element> elements(Document document) {
        NodeList all = document.getElementsByTagName("*");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .toList();
    }

    private static Document parse(String html) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setErrorHandler(null);
        return parser.parse(new InputSource(new StringReader(html)));
    }
}
