using System.CommandLine;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Registry.Mlflow;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist models</c>: which models there are, which serves, and changing that.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Id of a model, as 'models list' names it." };
    private static readonly Option<bool> Force = new("--force") { Description = "Promote it though it is retired or has not passed its gate; recorded so." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; kept with what happened.", HelpName = "TEXT" };

    public static Command Create()
    {
        var list = new Command("list", "Every model: its stage, its span and its verdict.");
        list.SetAction((parsed, _) => RunAsync(parsed, services =>
        {
            ModelsView.Write(services.GetRequiredService<ModelsWire>().All(), parsed.GetValue(CommonOptions.Json));
            return Task.CompletedTask;
        }));

        var show = new Command("show", "A model: what it is, its verdicts pair by pair, what happened to it, and its card.") { Id };
        show.SetAction((parsed, _) => RunAsync(parsed, services =>
        {
            ModelsView.Write(Report(services, parsed.GetValue(Id)!), parsed.GetValue(CommonOptions.Json));
            return Task.CompletedTask;
        }));

        var promote = new Command("promote", "Make a challenger that passed its gate the champion.") { Id, Force, Reason };
        promote.SetAction((parsed, stop) => ChangeAsync(
            parsed, registry => registry.Promote(parsed.GetValue(Id)!, ModelActor.Operator, parsed.GetValue(Force), parsed.GetValue(Reason)), stop));

        var rollback = new Command("rollback", "Make the champion's predecessor champion again.") { Reason };
        rollback.SetAction((parsed, stop) => ChangeAsync(parsed, registry => registry.RollBack(ModelActor.Operator, parsed.GetValue(Reason)), stop));

        var export = new Command("export", "Tell a model to the MLflow server once more.") { Id };
        export.SetAction((parsed, stop) => RunAsync(parsed, services => ExportAsync(services, parsed, stop)));

        return new Command("models", "Forecasting models: list them, promote one, roll back.") { list, show, promote, rollback, export };
    }

    private static Task<int> ChangeAsync(ParseResult parsed, Func<ModelRegistry, RegisteredModel> change, CancellationToken cancellationToken) => RunAsync(parsed, async services =>
    {
        var before = services.GetRequiredService<ModelStore>().Read().Champion?.Id;
        var champion = change(services.GetRequiredService<ModelRegistry>());
        var json = parsed.GetValue(CommonOptions.Json);
        ModelsView.WriteChange(Report(services, champion.Id), before, json);
        await services.GetRequiredService<MlflowExports>().CatchUpAsync(cancellationToken);
        foreach (var export in services.GetRequiredService<MlflowExports>().All().Where(export => (export.Model == champion.Id || export.Model == before) && export.Fault is not null))
        {
            Output.Errors.MarkupLineInterpolated($"[yellow]MLflow was not told of {export.Model}:[/] {export.Fault} 'cambist models export {export.Model}' tries again.");
        }
    });

    private static async Task ExportAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var export = await services.GetRequiredService<MlflowExports>().ExportAsync(parsed.GetValue(Id)!, cancellationToken);
        ModelsView.WriteExport(Report(services, export.Model), export, parsed.GetValue(CommonOptions.Json));
    }

    private static async Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, Task> run)
    {
        using var store = parsed.OpenStore();
        await using var services = LocalAssistant.Create(parsed, store, knowsLiveSources: false).BuildServiceProvider();
        services.GetRequiredService<ModelStart>().Once();
        await run(services);
        return ExitCode.Done;
    }

    private static ModelReport Report(IServiceProvider services, string id)
    {
        var wire = services.GetRequiredService<ModelsWire>();
        var files = services.GetRequiredService<ModelFiles>();
        var model = wire.Find(id) ?? throw new ModelFaultException(ModelFault.NotFound, $"There is no model '{id}'. 'cambist models list' names those that there are.");
        var card = Path.Combine(files.PathOf(id), ModelFolder.CardFile);
        var export = services.GetRequiredService<MlflowExports>().Of(id);
        return new ModelReport(
            model,
            files.PathOf(id),
            wire.History(id),
            export is null ? null : new ModelExportReport(export.At, export.Run, export.Version, export.Fault),
            File.Exists(card) ? File.ReadAllText(card) : null);
    }
}
