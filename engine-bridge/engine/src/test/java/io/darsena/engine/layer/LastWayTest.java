package io.darsena.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LastWayTest {

    private final LastWay way = new LastWay(64);
    private final Map<String, Integer> numbers = new HashMap<>();

    /// How many parts of it had to be gone.
    private int go(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        way.keepShared(bytes, bytes.length);
        int gone = 0;
        for (int from = way.depth() > 0 ? way.end() + 1 : 0; from < bytes.length; gone++) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? bytes.length : slash;
            way.add(bytes, to, numbers.computeIfAbsent(path.substring(0, to), any -> numbers.size()));
            from = to + 1;
        }
        return gone;
    }

    @Test
    void onlyWhatIsNewIsGone() {
        assertThat(go("a/b/c")).isEqualTo(3);
        assertThat(go("a/b/c")).isZero();
        assertThat(go("a/b/cc")).isEqualTo(1);
        assertThat(go("a/b")).isZero();
        assertThat(way.last()).isEqualTo(numbers.get("a/b"));
        assertThat(go("a/bb/c")).isEqualTo(2);
        assertThat(go("")).isZero();
        assertThat(way.depth()).isZero();
    }

    @Test
    void aWayThatIsForgottenIsGoneAnew() {
        go("a/b");
        way.forget();
        assertThat(go("a/b")).isEqualTo(2);
        way.dropLast();
        assertThat(go("a/b")).isEqualTo(1);
    }

    @Test
    void itLeadsWhereTheWholePathLeads() {
        Random random = new Random(7);
        String[] names = {"a", "b", "ab", "abc"};
        for (int i = 0; i < 10_000; i++) {
            StringBuilder path = new StringBuilder();
            for (int depth = random.nextInt(6); depth > 0; depth--) {
                path.append(path.isEmpty() ? "" : "/").append(names[random.nextInt(names.length)]);
            }
            go(path.toString());
            if (path.isEmpty()) {
                assertThat(way.depth()).isZero();
            } else {
                assertThat(way.last()).as(path.toString()).isEqualTo(numbers.get(path.toString()));
            }
        }
    }
}
