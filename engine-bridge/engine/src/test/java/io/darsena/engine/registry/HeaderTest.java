package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers as registries write them, and as they should not.
class HeaderTest {

    @Test
    void aBearerChallengeTellsRealmServiceAndScope() {
        assertThat(Challenge.parse("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                        + "scope=\"repository:samalba/my-app:pull,push\""))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm",
                                "https://auth.docker.io/token",
                                "service",
                                "registry.docker.io",
                                "scope",
                                "repository:samalba/my-app:pull,push")));
    }

    @Test
    void severalChallengesMayStandInOneHeader() {
        List<Challenge> found =
                Challenge.parse("Negotiate, Basic realm=\"a \\\"b\\\", c\" , BEARER Realm = x, service=y");
        assertThat(found).extracting(Challenge::scheme).containsExactly("negotiate", "basic", "bearer");
        assertThat(found.get(1).parameter("realm")).contains("a \"b\", c");
        assertThat(found.get(2).parameters()).isEqualTo(Map.of("realm", "x", "service", "y"));
        assertThat(Challenge.best(List.of("Basic realm=x", "Bearer realm=y")))
                .map(Challenge::scheme)
                .contains("bearer");
        assertThat(Challenge.best(List.of("Bearer service=y", "Basic")))
                .map(Challenge::scheme)
                .contains("basic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",,,", "=", "\"", "Bearer realm=\"", "Bearer realm=\"x\\", "a=b", "\u0000\u0001", "((("})
    void nonsenseIsNoChallengeAndNoFailure(String header) {
        assertThat(Challenge.best(List.of(header))
                        .flatMap(each -> each.parameter("realm"))
                        .orElse(""))
                .isIn("", "x", "x\\");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes 100-199/200|100|200|true",
                "bytes 100-199/*|100|200|true",
                "bytes 0-199/200|100|200|false",
                "bytes 100-150/200|100|200|false",
                "bytes 100-199/300|100|200|false",
                "bytes 199-100/200|199|200|false",
                "items 100-199/200|100|200|false",
                "bytes 99999999999999999999-1/2|100|200|false"
            })
    void aRangeFitsOrDoesNot(String header, long offset, long size, boolean fits) {
        assertThat(ContentRange.parse(header)
                        .filter(range -> range.isRest(offset, size))
                        .isPresent())
                .isEqualTo(fits);
        assertThat(ContentRange.parse("bytes 1-2/3")).contains(new ContentRange(1, 2, OptionalLong.of(3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "</v2/_catalog?n=2&last=b>; rel=\"next\"|https://r.example/v2/_catalog?n=2&last=b",
                "<https://r.example/v2/x?last=y>; foo=bar; rel=next|https://r.example/v2/x?last=y",
                "<?last=z>;rel=\"next\"|https://r.example/v2/_catalog?last=z",
                "<a>; rel=\"prev\", </b>; rel=\"next\"|https://r.example/b",
                "<https://evil.example/v2/x>; rel=\"next\"|",
                "<http://r.example/v2/x>; rel=\"next\"|",
                "<javascript:alert(1)>; rel=\"next\"|",
                "< >; rel=\"next\"|",
                "nonsense|"
            })
    void aListGoesOnAtItsOwnRegistryOnly(String header, String next) {
        assertThat(NextPage.of(URI.create("https://r.example/v2/_catalog"), List.of(header))
                        .map(URI::toString))
                .isEqualTo(java.util.Optional.ofNullable(next));
    }

    @Test
    void waitsGrowAndStayBounded() {
        Patience patience = Patience.DEFAULT;
        for (int failures = 1; failures < 100; failures++) {
            assertThat(patience.wait(failures)).isPositive().isLessThanOrEqualTo(patience.longest());
        }
        assertThat(patience.wait(1)).isLessThanOrEqualTo(patience.first());
        assertThat(patience.wait(4)).isGreaterThan(patience.first());
    }
}
