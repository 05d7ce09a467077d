using Cambist.App.Quotes.Recipes;

namespace Cambist.App.Tests.Quotes.Recipes;

/// <summary>A page that imitates a German bank's calculator as a browser sees it, and the recipe that reads it; every figure is invented.</summary>
internal static class CalculatorPage
{
    public const string Path = "/rechner";

    /// <summary>
    /// Renders its form half a second late under a cookie banner, and its result two seconds after the click, in German figures: a fee of 3,90 and a rate of 1,0845. A visitor who comes again with a cookie
    /// is turned away.
    /// </summary>
    public const string Html = """
        <!doctype html><html lang="de"><meta charset="utf-8"><title>Rechner</title><body>
        <div id="banner" style="position:fixed;inset:0;background:#ccc"><button id="accept" onclick="this.parentElement.remove()">Alle ablehnen</button></div>
        <p id="agent"></p>
        <main id="app">Lädt…</main>
        <script>
        document.getElementById('agent').textContent = navigator.userAgent;
        const app = document.getElementById('app');
        if (document.cookie) app.textContent = 'Sie waren schon hier';
        document.cookie = 'seen=1';
        setTimeout(() => app.innerHTML = `<form onsubmit="return false"><input id="amount" value="500"><select id="from"><option>CHF<option>EUR</select>
          <select id="to"><option value="GBP">Pfund<option value="USD">Dollar</select><button id="go">Berechnen</button></form><section id="result"></section>`, 500);
        document.addEventListener('click', event => {
          if (event.target.id !== 'go') return;
          const number = text => Number(text.replace(',', '.'));
          const german = value => value.toLocaleString('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
          const [paid, from, to] = ['amount', 'from', 'to'].map(id => document.getElementById(id).value);
          const result = document.getElementById('result');
          result.innerHTML = '<p id="received">…</p>';
          setTimeout(() => result.innerHTML = `<p id="paid">${german(number(paid))} ${from}</p><p id="fee">Gebühr: 3,90 €</p><p id="rate">1 ${from} = 1,0845 ${to}</p>
            <p id="received">${german(Math.floor((number(paid) - 3.9) * 108.45) / 100)} ${to}</p>`, 2000);
        });
        </script></body></html>
        """;

    /// <summary>The recipe, with some of its text changed.</summary>
    public static PageRecipe Recipe(params (string Good, string Other)[] changes) => RecipeReader.Read(
        BankPage.Json([
            ("\"http\"", "\"browser\""),
            ("https://bank.example/calculator?from={from}&to={to}&amount={amount}", $"https://bank.example{Path}"),
            (BankPage.Json()[(BankPage.Json().IndexOf("{ \"wait\"", StringComparison.Ordinal))..(BankPage.Json().IndexOf("\"numbers\"", StringComparison.Ordinal))], """
                { "dismiss": "#accept" },
                    { "fill": "#amount", "with": "{amount_local}" },
                    { "select": "#from", "option": "{from}" },
                    { "select": "#to", "option": "{to}" },
                    { "click": "#go" },
                    { "wait": "#result", "text": "Gebühr" },
                    { "read": "paid", "selector": "#paid" },
                    { "read": "fee", "selector": "#fee", "pattern": "Gebühr: (.+)" },
                    { "read": "rate", "selector": "#rate", "pattern": "= ([0-9.,]+)" },
                    { "read": "received", "selector": "#received", "pattern": "^[0-9].*" }
                  ],

                """),
            ("\"decimal\": \".\", \"group\": \",\"", "\"decimal\": \",\", \"group\": \".\""),
            ("temporarily unavailable", "derzeit nicht verfügbar\", \"Sie waren schon hier"),
            ("\"PT1H\"", "null"),
            .. changes,
        ]),
        "calculator.json");
}
