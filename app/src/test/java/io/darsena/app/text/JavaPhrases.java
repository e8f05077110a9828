package io.darsena.app.text;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.darsena.app.text.Phrasebook.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// The phrases in Java sources that may come before a person: what failures, remarks and reductions are made of,
/// followed back through variables, parameters and methods to the words that stand in the source. Works on syntax
/// alone, by names: it may find a phrase that nobody says, and takes what it does not understand for a hole.
final class JavaPhrases {

    private static final Set<String> FAILURES = Set.of(
            "NotFoundException",
            "ConflictException",
            "InvalidRequestException",
            "DeniedException",
            "UnavailableException",
            "CorruptedException",
            "FailedException");

    /// Which argument of a constructor is a sentence.
    private static final Map<String, List<Integer>> SENTENCES = Map.ofEntries(
            Map.entry("MalformedRecordException", List.of(0)),
            Map.entry("MalformedSourceException", List.of(0)),
            Map.entry("RuntimeUnavailableException", List.of(0)),
            Map.entry("IllegalArgumentException", List.of(0)),
            Map.entry("HttpTimeoutException", List.of(0)),
            Map.entry("IOException", List.of(0)),
            Map.entry("EOFException", List.of(0)),
            Map.entry("Reduction", List.of(1, 2)),
            Map.entry("Refusal", List.of(1, 2)),
            Map.entry("Remark", List.of(1)),
            Map.entry("LeftOut", List.of(1)),
            Map.entry("Signatures.Untrusted", List.of(0)),
            Map.entry("Signatures.Unchecked", List.of(0)),
            Map.entry("Standing.Unknown", List.of(0)),
            Map.entry("ContainerState.Dead", List.of(0)),
            Map.entry("EngineEvent.Unreachable", List.of(0)),
            Map.entry("Failed", List.of(1)));

    /// Methods that take a sentence, with what they are called on.
    private static final Map<String, Set<String>> TOLD =
            Map.of("tell", Set.of("notices"), "add", Set.of("troubles", "faults"), "nothing", Set.of(""));

    private static final int MOST_ALTERNATIVES = 64;
    private static final int DEEPEST = 14;

    private final Map<String, List<TreePath>> methods = new HashMap<>();
    private final Map<String, List<TreePath>> calls = new HashMap<>();
    private final Map<String, List<TreePath>> fields = new HashMap<>();
    private final List<TreePath> creations = new ArrayList<>();
    private final Set<Said> found = new LinkedHashSet<>();

    /// @param sources folders
    static Set<Said> in(List<Path> sources, Predicate<Path> wanted) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : sources) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(file -> file.toString().endsWith(".java"))
                        .filter(wanted)
                        .forEach(files::add);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(problem -> {}, null, null);
        JavacTask task = (JavacTask) compiler.getTask(
                null, manager, problem -> {}, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
        JavaPhrases phrases = new JavaPhrases();
        for (CompilationUnitTree unit : task.parse()) {
            phrases.new Index().scan(unit, null);
        }
        phrases.creations.forEach(phrases::gather);
        TOLD.forEach((method, receivers) -> phrases.calls.getOrDefault(method, List.of()).stream()
                .filter(call -> receivers.contains(qualifier(call.getLeaf())))
                .forEach(call -> phrases.add(
                        Kind.SENTENCE, call, arguments(call.getLeaf()).getFirst())));
        return phrases.found;
    }

    /// Where everything is.
    private final class Index extends TreePathScanner<Void, Void> {

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            add(methods, method.getName().toString());
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            add(calls, name(call.getMethodSelect()));
            return super.visitMethodInvocation(call, nothing);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
                add(fields, variable.getName().toString());
            }
            return super.visitVariable(variable, nothing);
        }

        @Override
        public Void visitNewClass(NewClassTree creation, Void nothing) {
            creations.add(getCurrentPath());
            add(calls, "new " + name(creation.getIdentifier()));
            return super.visitNewClass(creation, nothing);
        }

        private void add(Map<String, List<TreePath>> map, String name) {
            map.computeIfAbsent(name, _ -> new ArrayList<>()).add(getCurrentPath());
        }
    }

    private void gather(TreePath path) {
        NewClassTree creation = (NewClassTree) path.getLeaf();
        String type = creation.getIdentifier().toString();
        List<? extends ExpressionTree> arguments = creation.getArguments();
        if (FAILURES.contains(type) && arguments.size() >= 4) {
            add(Kind.OPERATION, path, arguments.get(0));
            add(Kind.SUBJECT, path, arguments.get(1));
            add(Kind.SENTENCE, path, arguments.get(2));
            add(Kind.SENTENCE, path, arguments.get(3));
        } else if (type.equals("CgroupException")) {
            for (String operation : texts(arguments.get(0), path, 0)) {
                for (String reason : texts(arguments.get(2), path, 0)) {
                    for (String remedy : texts(arguments.get(3), path, 0)) {
                        add(
                                Kind.SENTENCE,
                                path,
                                "cannot " + operation + " " + Said.HOLE + ": " + reason + "; " + remedy);
                    }
                }
            }
        } else if (type.equals("Purpose") && arguments.size() == 2) {
            add(Kind.OPERATION, path, arguments.get(0));
            add(Kind.SUBJECT, path, arguments.get(1));
        } else {
            SENTENCES.getOrDefault(type, List.of()).stream()
                    .filter(index -> index < arguments.size())
                    .forEach(index -> add(Kind.SENTENCE, path, arguments.get(index)));
        }
    }

    private void add(Kind kind, TreePath path, ExpressionTree expression) {
        texts(expression, path, 0).forEach(text -> add(kind, path, text));
    }

    private void add(Kind kind, TreePath path, String text) {
        Said said = new Said(kind, text.replaceAll(Said.HOLE + "+", Said.HOLE).strip(), file(path));
        if (said.hasWords()) {
            found.add(said);
        }
    }

    private static String file(TreePath path) {
        return Path.of(path.getCompilationUnit().getSourceFile().getName())
                .getFileName()
                .toString();
    }

    /// What an expression can be.
    private Set<String> texts(Tree expression, TreePath at, int depth) {
        if (depth > DEEPEST) {
            return Set.of(Said.HOLE);
        }
        return switch (expression) {
            case LiteralTree literal -> Set.of(String.valueOf(literal.getValue()));
            case ParenthesizedTree inner -> texts(inner.getExpression(), at, depth);
            case ConditionalExpressionTree either ->
                union(
                        texts(either.getTrueExpression(), at, depth + 1),
                        texts(either.getFalseExpression(), at, depth + 1));
            case BinaryTree sum
            when sum.getKind() == Tree.Kind.PLUS ->
                joined(texts(sum.getLeftOperand(), at, depth + 1), texts(sum.getRightOperand(), at, depth + 1));
            case SwitchExpressionTree choice -> yielded(choice, at, depth);
            case IdentifierTree name -> named(name.getName().toString(), at, depth);
            case MemberSelectTree member -> constant(member, depth);
            case MethodInvocationTree call -> answered(call, at, depth);
            default -> Set.of(Said.HOLE);
        };
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new LinkedHashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Set<String> joined(Set<String> left, Set<String> right) {
        Set<String> all = new LinkedHashSet<>();
        for (String one : left) {
            for (String other : right) {
                if (all.size() < MOST_ALTERNATIVES) {
                    all.add(one + other);
                }
            }
        }
        return all;
    }

    private Set<String> yielded(SwitchExpressionTree choice, TreePath at, int depth) {
        Set<String> all = new LinkedHashSet<>();
        choice.getCases().forEach(each -> {
            if (each.getBody() instanceof ExpressionTree value) {
                all.addAll(texts(value, at, depth + 1));
            }
        });
        return all;
    }

    /// A variable, a parameter, or a field.
    private Set<String> named(String name, TreePath at, int depth) {
        for (TreePath path = at; path != null; path = path.getParentPath()) {
            if (path.getLeaf() instanceof LambdaExpressionTree lambda
                    && lambda.getParameters().stream()
                            .anyMatch(parameter -> parameter.getName().contentEquals(name))
                    && path.getParentPath().getLeaf() instanceof MethodInvocationTree taker
                    && taker.getMethodSelect() instanceof MemberSelectTree member) {
                return texts(member.getExpression(), path, depth + 1);
            }
            if (path.getLeaf() instanceof MethodTree method) {
                Set<String> assigned = assigned(name, path, depth);
                if (!assigned.isEmpty()) {
                    return assigned;
                }
                for (int i = 0; i < method.getParameters().size(); i++) {
                    if (method.getParameters().get(i).getName().contentEquals(name)) {
                        return given(method, path, i, depth);
                    }
                }
            }
        }
        return field(name, file(at), depth);
    }

    private Set<String> assigned(String name, TreePath method, int depth) {
        Set<String> all = new LinkedHashSet<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitVariable(VariableTree variable, Void nothing) {
                if (variable.getName().contentEquals(name) && variable.getInitializer() != null) {
                    all.addAll(texts(variable.getInitializer(), getCurrentPath(), depth + 1));
                }
                return super.visitVariable(variable, nothing);
            }

            @Override
            public Void visitAssignment(AssignmentTree assignment, Void nothing) {
                if (assignment.getVariable().toString().equals(name)) {
                    all.addAll(texts(assignment.getExpression(), getCurrentPath(), depth + 1));
                }
                return super.visitAssignment(assignment, nothing);
            }
        }.scan(method, null);
        return all;
    }

    /// What those who call a method give it: in its own file, by its class's name or a variable of that name, or
    /// wherever no other method bears its name.
    private Set<String> given(MethodTree method, TreePath path, int index, int depth) {
        boolean constructor = method.getName().contentEquals("<init>");
        String type =
                ((ClassTree) path.getParentPath().getLeaf()).getSimpleName().toString();
        String name = constructor ? "new " + type : method.getName().toString();
        boolean onlyOne = constructor
                || methods.getOrDefault(name, List.of()).stream()
                                .map(JavaPhrases::file)
                                .distinct()
                                .count()
                        == 1;
        Set<String> all = new LinkedHashSet<>();
        for (TreePath call : calls.getOrDefault(name, List.of())) {
            List<? extends ExpressionTree> arguments = arguments(call.getLeaf());
            boolean own = file(call).equals(file(path)) && (constructor || isOwn(call, type));
            if (arguments.size() == method.getParameters().size()
                    && (own || onlyOne || qualifier(call.getLeaf()).equalsIgnoreCase(type))) {
                all.addAll(texts(arguments.get(index), call, depth + 1));
            }
        }
        return all.isEmpty() ? Set.of(Said.HOLE) : all;
    }

    private static boolean isOwn(TreePath call, String type) {
        String qualifier = qualifier(call.getLeaf());
        return qualifier.isEmpty() || qualifier.equals("this") || qualifier.equals(type);
    }

    private Set<String> field(String name, String file, int depth) {
        return fields.getOrDefault(name, List.of()).stream()
                .filter(path -> file(path).equals(file))
                .filter(path -> ((VariableTree) path.getLeaf()).getInitializer() != null)
                .findFirst()
                .map(path -> initial((VariableTree) path.getLeaf(), path, depth))
                .orElse(Set.of(Said.HOLE));
    }

    /// One that may change is also anything else.
    private Set<String> initial(VariableTree variable, TreePath path, int depth) {
        Set<String> first = texts(variable.getInitializer(), path, depth + 1);
        boolean constant = variable.getModifiers().getFlags().contains(Modifier.FINAL);
        return constant ? first : first.equals(Set.of("")) ? Set.of(Said.HOLE) : union(first, Set.of(Said.HOLE));
    }

    private Set<String> constant(MemberSelectTree member, int depth) {
        String owner = name(member.getExpression());
        return field(member.getIdentifier().toString(), owner + ".java", depth);
    }

    private Set<String> answered(MethodInvocationTree call, TreePath at, int depth) {
        String name = name(call.getMethodSelect());
        List<? extends ExpressionTree> arguments = call.getArguments();
        if (call.getMethodSelect() instanceof MemberSelectTree member) {
            switch (name) {
                case "formatted" -> {
                    Set<String> all = new LinkedHashSet<>();
                    texts(member.getExpression(), at, depth + 1)
                            .forEach(text -> all.add(text.replaceAll("%[\\w.]", Said.HOLE)));
                    return all;
                }
                case "strip", "toLowerCase", "orElseThrow", "or" -> {
                    return texts(member.getExpression(), at, depth + 1);
                }
                case "orElse" -> {
                    return union(
                            texts(member.getExpression(), at, depth + 1), texts(arguments.getFirst(), at, depth + 1));
                }
                case "of", "ofNullable", "valueOf" -> {
                    if (Set.of("Optional", "String", "List").contains(qualifier(call)) && arguments.size() == 1) {
                        return texts(arguments.getFirst(), at, depth + 1);
                    }
                }
                case "map" -> {
                    return arguments.getFirst() instanceof LambdaExpressionTree lambda
                            ? texts(lambda.getBody(), at, depth + 1)
                            : Set.of(Said.HOLE);
                }
                default -> {}
            }
        }
        String qualifier = qualifier(call);
        String file = qualifier.isEmpty() ? file(at) : qualifier + ".java";
        Set<String> all = new LinkedHashSet<>();
        for (TreePath method : methods.getOrDefault(name, List.of())) {
            if (file(method).equals(file)
                    && ((MethodTree) method.getLeaf()).getParameters().size() == arguments.size()) {
                all.addAll(returned(method, depth));
            }
        }
        if (name.equals("clean") && qualifier.isEmpty()) {
            all.addAll(texts(arguments.getFirst(), at, depth + 1));
        }
        return all.isEmpty() ? Set.of(Said.HOLE) : all;
    }

    private Set<String> returned(TreePath method, int depth) {
        Set<String> all = new LinkedHashSet<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitReturn(ReturnTree answer, Void nothing) {
                if (answer.getExpression() != null) {
                    all.addAll(texts(answer.getExpression(), getCurrentPath(), depth + 1));
                }
                return null;
            }

            @Override
            public Void visitLambdaExpression(LambdaExpressionTree lambda, Void nothing) {
                return null;
            }
        }.scan(method, null);
        return all;
    }

    private static List<? extends ExpressionTree> arguments(Tree call) {
        return call instanceof NewClassTree creation
                ? creation.getArguments()
                : ((MethodInvocationTree) call).getArguments();
    }

    private static String qualifier(Tree call) {
        return call instanceof MethodInvocationTree invocation
                        && invocation.getMethodSelect() instanceof MemberSelectTree member
                ? name(member.getExpression())
                : "";
    }

    private static String name(Tree tree) {
        return switch (tree) {
            case IdentifierTree identifier -> identifier.getName().toString();
            case MemberSelectTree member -> member.getIdentifier().toString();
            default -> "?";
        };
    }
}
