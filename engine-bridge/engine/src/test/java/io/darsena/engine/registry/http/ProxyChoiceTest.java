package io.darsena.engine.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyChoiceTest {

    private static final String NO_PROXY = "intern.example, .corp.example, 10.1.0.0/16, 192.0.2.7, host.example:8443";

    private static String chosen(Map<String, String> environment, String address) {
        Proxy proxy = new ProxyChoice(environment).select(URI.create(address)).getFirst();
        return proxy.equals(Proxy.NO_PROXY) ? "" : proxy.address().toString().replaceAll("^.*?([^/]*:\\d+)$", "$1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://registry.example/v2/, true",
        "http://registry.example/v2/, true",
        "https://intern.example/, false",
        "https://a.intern.example/, false",
        "https://notintern.example/, true",
        "https://a.corp.example/, false",
        "https://10.1.200.3/, false",
        "https://10.2.200.3/, true",
        "https://192.0.2.7:5000/, false",
        "https://host.example:8443/, false",
        "https://host.example/, true",
        "http://localhost:5000/, false",
        "http://127.0.0.9/, false",
        "http://[::1]:5000/, false"
    })
    void whatStaysNearTakesNoProxy(String address, boolean proxied) {
        Map<String, String> environment =
                Map.of("https_proxy", "http://192.0.2.1:3128", "HTTP_PROXY", "192.0.2.1:3128", "NO_PROXY", NO_PROXY);
        assertThat(!chosen(environment, address).isEmpty()).isEqualTo(proxied);
    }

    @Test
    void nothingSetIsNoProxyAndAStarIsNoneForAll() {
        assertThat(chosen(Map.of(), "https://registry.example/")).isEmpty();
        assertThat(chosen(Map.of("HTTPS_PROXY", "http://192.0.2.1:1", "NO_PROXY", "*"), "https://registry.example/"))
                .isEmpty();
        assertThat(chosen(Map.of("HTTPS_PROXY", "::not an address::"), "https://registry.example/"))
                .isEmpty();
    }
}
