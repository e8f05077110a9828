package io.darsena.app.main;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// A window of the usual size with one word in it: what JavaFX itself takes to show something, the floor that
/// [WindowBench] measures the real window's start against. Understands the properties of [FirstFrame].
public final class EmptyWindow extends Application {

    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    @Override
    public void start(Stage stage) {
        stage.setScene(new Scene(new StackPane(new Label("Darsena")), WIDTH, HEIGHT));
        stage.show();
        FirstFrame.announceWhenAsked();
    }

    /// Started as the real window is: not by Java's own launcher of applications.
    public static final class Start {

        private Start() {}

        public static void main(String[] arguments) {
            launch(EmptyWindow.class, arguments);
        }
    }
}
